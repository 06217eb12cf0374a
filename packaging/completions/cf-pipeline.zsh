#compdef cf-pipeline
local found=1
if compset -P 1 '*='; then
  case ${IPREFIX%=} in
    TASK) compadd -- @TASK@ && found=0; _files -g '*.json' && found=0 ;;
    SCALE) compadd -- @SCALE@ && found=0 ;;
    NAME) compadd -- @NAME@ && found=0 ;;
    *) _files && found=0 ;;
  esac
else
  compadd -- @TASK@ @GOALS@ --dry-run --help --version && found=0
  compadd -S '' -- @SETTINGS@ && found=0
  _files -g '*.json' && found=0
fi
return found
