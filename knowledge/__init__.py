"""What the assistant knows: the library of law as text, and the code that reads, dates, finds and refreshes it.

Reading order (each module imports only from those before it; `tests/test_reading_order.py` holds it):

    words     errors  text  citation  document
    official  extract  sequence  marks  source_note  furniture  article_body  blocks  structure  issuers  identity
    origin    authenticity  identify  codification
    reading   lists  front_matter  parse  soundness  passages  store
    time      timeline  moments  succession  transition
    finding   spelling  embedding  lexical  index  field  search
    changing  refresh

`knowledge` never imports `bot`.
"""
