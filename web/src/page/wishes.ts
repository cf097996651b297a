/** What a person says of themselves and wishes for; remembered on this device. */
import { create } from '@bufbuild/protobuf';
import { Gender, Mode } from '../gen/parley/domain/v1/domain_pb';
import {
  AiWelcome,
  CriteriaSchema,
  Level,
  type Criteria,
} from '../gen/parley/match/v1/match_service_pb';
import { devicePlace } from '../parley';

export interface Wishes {
  birthYear: string;
  termsAccepted: boolean;
  /** The version that was accepted; empty before the server named one. */
  acceptedTerms: string;
  gender: Gender;
  seeking: Gender[];
  tags: string[];
  languages: string[];
  widest: Level;
  ai: AiWelcome;
  sound: boolean;
  /** Tells what was read, and is told. */
  tellRead: boolean;
}

export const MAX_TAGS = 10;
export const MAX_TAG_LENGTH = 32;
export const MAX_LANGUAGES = 4;
export const LANGUAGES =
  'ar bn cs da de el en es fa fi fr he hi hu id it ja ko nl no pl pt ro ru sv sw th tr uk ur vi zh'.split(
    ' ',
  );

const place = devicePlace<Partial<Wishes>>('wishes');

export function rememberedWishes(): Wishes {
  return {
    birthYear: '',
    termsAccepted: false,
    acceptedTerms: '',
    gender: Gender.UNSPECIFIED,
    seeking: [],
    tags: [],
    languages: spokenLanguages(),
    widest: Level.ANYONE,
    ai: AiWelcome.MEANWHILE,
    sound: false,
    tellRead: true,
    ...place.read(),
  };
}

export function rememberWishes(wishes: Wishes): void {
  place.write(wishes);
}

export function criteriaOf(wishes: Wishes): Criteria {
  return create(CriteriaSchema, {
    mode: Mode.TEXT,
    seeking: wishes.seeking,
    tags: wishes.tags,
    languages: wishes.languages,
    widestLevel: wishes.widest,
    aiWelcome: wishes.ai,
  });
}

/** As services compare them, so that a tag is not given twice. */
export function tagOf(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase().slice(0, MAX_TAG_LENGTH);
}

export function yearIsWhole(text: string): boolean {
  return /^(19|20|21)[0-9]{2}$/.test(text.trim());
}

function spokenLanguages(): string[] {
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return [...new Set(spoken)].filter((tag) => LANGUAGES.includes(tag)).slice(0, 2);
}
