/* Which commit the programs were built from, where a package says so; "" in other builds. */
const char *build_commit(void);
