/**
 * What a client does about a call that ended with a status: the error table of the contract
 * (proto/README.md, "Errors").
 */
import { Code, ConnectError } from '@connectrpc/connect';
import { durationMs } from '@bufbuild/protobuf/wkt';
import { ErrorInfoSchema, RetryInfoSchema } from '../gen/google/rpc/error_details_pb.js';

export type Advice =
  /** The access token is not good any more: refresh it once, then make a new guest. */
  | { readonly do: 'refresh' }
  /** This guest is over: make a new one. */
  | { readonly do: 'newGuest' }
  /** Too much: wait so many milliseconds. */
  | { readonly do: 'wait'; readonly pause: number }
  /** Nobody was there, or the call was cut: try again, with back-off. */
  | { readonly do: 'retry' }
  /** Trying again does not help. */
  | { readonly do: 'stop' };

const DOMAIN = 'parley';
const DEFAULT_PAUSE = 5_000;

/** Our services say why (`ErrorInfo`, domain `parley`); the door says only a code. */
export function adviceFor(fault: unknown): Advice {
  const error = ConnectError.from(fault);
  const info = error.findDetails(ErrorInfoSchema).find((detail) => detail.domain === DOMAIN);
  return info === undefined ? ofCode(error) : ofReason(info.reason, error);
}

/** True if the contract has this call and this server does not serve it (yet). */
export function isNotServed(fault: unknown): boolean {
  return fault instanceof ConnectError && fault.code === Code.Unimplemented;
}

/** A status as an operator can read it. */
export function sentence(fault: unknown): string {
  return ConnectError.from(fault).message;
}

function ofReason(reason: string, error: ConnectError): Advice {
  switch (reason) {
    case 'TOKEN_EXPIRED':
    case 'TOKEN_REVOKED':
    case 'TOKEN_MALFORMED':
    case 'TOKEN_WRONG_AUDIENCE':
      return { do: 'refresh' };
    case 'LIMIT_REACHED': {
      const told = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
      return { do: 'wait', pause: told === undefined ? DEFAULT_PAUSE : durationMs(told) };
    }
    case 'RESUME':
    case 'INTERNAL':
      return { do: 'retry' };
    default:
      return { do: 'stop' };
  }
}

function ofCode(error: ConnectError): Advice {
  switch (error.code) {
    case Code.Unauthenticated:
      return { do: 'refresh' };
    case Code.PermissionDenied:
      return { do: 'newGuest' };
    case Code.ResourceExhausted:
      return { do: 'wait', pause: retryAfter(error) };
    case Code.Unimplemented:
    case Code.InvalidArgument:
    case Code.FailedPrecondition:
    case Code.NotFound:
    case Code.AlreadyExists:
    case Code.OutOfRange:
      return { do: 'stop' };
    default:
      return { do: 'retry' };
  }
}

function retryAfter(error: ConnectError): number {
  const seconds = error.metadata.get('retry-after');
  return seconds !== null && /^[0-9]{1,5}$/.test(seconds) ? Number(seconds) * 1_000 : DEFAULT_PAUSE;
}
