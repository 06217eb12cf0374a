/// The closed-class words by which clauses and prepositional phrases are told. In lower case.
enum PhraseGrammar {
  private static func set(_ words: String) -> Set<String> {
    Set(words.split { $0.isWhitespace }.map(String.init))
  }

  /// They begin a clause that depends on another.
  static let subordinators = set(
    "because since although though while whereas if unless when whenever after before until once as so even")

  /// They begin a prepositional phrase that a sentence can usually do without.
  static let prepositions = set(
    """
    with without for by using through during after before until despite against because unless while
    when if in on at from inside near under over behind between about into onto via instead
    """)

  /// They begin a clause after a comma.
  static let clauseOpeners = subordinators.union(prepositions).union(
    set("who which whose where including especially"))

  /// They begin a clause between two commas. Not `as`, `so` and `even`: after a comma these often carry on a list.
  static let innerClauseOpeners = clauseOpeners.subtracting(["as", "so", "even"])

  static let coordinators = set("and or but nor so yet then plus")

  static let determiners = set(
    "a an the my your his her its our their this that these those some any every each no")

  static let pronounObjects = set(
    "me you him her it us them myself yourself himself herself itself ourselves themselves")

  /// After these a prepositional phrase completes the sense and cannot be spared.
  static let needsComplement = set(
    """
    is are was were be been being am isn't aren't wasn't weren't i'm you're he's she's it's we're they're that's
    and or but nor not if as than so such more less most rather very too
    a an the my your his its our their of to in on at by for from with about into
    i he she we they who which that what where when why how there
    do does did don't doesn't didn't have has had can could will would shall should may might must
    can't couldn't won't wouldn't shouldn't
    depend depends depended rely relies relied consist consists consisted belong belongs belonged
    refer refers referred deal deals dealt based focus focuses focused look looks looked looking care cares cared
    ask asks asked asking wait waits waited waiting result results resulted suffer suffers suffered
    put puts putting get gets got getting keep keeps kept let lets go goes went gone going come comes came coming
    responsible known famous able capable full because instead interested involved
    just only even also really always never still already next close due according
    search searches searching looking pay pays paid paying account accounts stand stands stood
    """)

  /// After these `that` begins what they say, not a relative clause.
  static let saysThat = set(
    "fact idea belief claim news way time hope feeling sense point reason rumour rumor so such")
}
