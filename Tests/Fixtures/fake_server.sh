# For golden cases: `serve WAY…` starts fake_server.py with these ways and sets SERVER; `label …` is cf-label with its
# messages on stderr, the port left out.
command -v python3 >/dev/null || { echo "python3 is not there" >&2; exit 77; }

serve() {
  python3 "$FIXTURES/fake_server.py" port "$@" &
  trap "kill $!" EXIT
  until [ -s port ]; do sleep 0.05; done
  SERVER=http://127.0.0.1:$(cat port)
}

label() {
  local code=0
  cf-label --server "$SERVER" --model m --as M0 --chat-template chatml "$@" 2>messages || code=$?
  sed 's|127.0.0.1:[0-9]*|HOST|' messages >&2
  return $code
}
