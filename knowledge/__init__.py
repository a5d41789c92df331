"""What the assistant knows: the library of law as text, and the code that reads, dates, finds and refreshes it.

Reading order (each module imports only from those before it; `tests/test_reading_order.py` holds it):

    words     errors  text  citation  document
    files     extract  sequence  marks  source_note  furniture  article_body  blocks  structure  issuers  identity
    origin    authenticity  identify  codification
    reading   lists  maps  front_matter  parse  soundness  passages  store
    adding    library_file  origin_notes  intake  official  shelf
    time      timeline  timewords  moments  succession  transition
    finding   spelling  embedding  lexical  clauses  build  index  typos  named  signals  best_clause  features  fusion
              network  ranker
    judging   field  trained  search  chains
    applying  practice  situations
    changing  figures  law_diff  plan  review  refresh  telling

`knowledge` never imports `bot`.
"""
