"""What talks: a question comes in on a channel, an answer with its articles goes out.

Reading order (each module imports only from those before it and from `knowledge`):

    errors  message  texts  config  database  model  compose  grounding  conversation  people  receipts  render  commands  lookup
    state  evidence  cards  history  assistant
    channels    each knows only the assistant
    serve  __main__    where the parts meet
"""
