_cf_pipeline() {
  local word=${COMP_LINE:0:COMP_POINT} values=
  word=${word##* }
  local value=${word#*=}
  case $word in
    TASK=*) values='@TASK@' ;;
    SCALE=*) values='@SCALE@' ;;
    NAME=*) values='@NAME@' ;;
    *=*) ;;
    *) values='@TASK@ @GOALS@ @SETTINGS@ --dry-run --help --version' ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$values" -- "$value")
  if [ ${#COMPREPLY[@]} = 0 ]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$value")
    compopt -o filenames
  elif [[ ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace
  fi
  # A word ends at = for readline, unless the user has it otherwise.
  [[ $word != *=* || $COMP_WORDBREAKS == *=* ]] || COMPREPLY=("${COMPREPLY[@]/#/${word%%=*}=}")
}
complete -F _cf_pipeline cf-pipeline
