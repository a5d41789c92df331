"""What talks: a question comes in on a channel, an answer with its articles goes out.

Reading order (each module imports only from those before it and from `knowledge`):

    errors  message  texts  channel_texts  config_faults  config  leeway  database  replies  model  speech  compose  statements  grounding  rewording
    conversation  people  receipts  render  commands  lookup  amounts  sums
    state  finding  evidence  calculation  guidance  wishes  desk  consultation  reception
    cards  called  moved  which_law  comparison  history  ruling  assistant  proofs
    channels    each knows only the assistant
    serve  evaluation  watching  ingest_options  __main__    where the parts meet
"""
