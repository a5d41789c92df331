"""What talks: a question comes in on a channel, an answer with its articles goes out.

Reading order (each module imports only from those before it and from `knowledge`):

    today  errors  message  texts  channel_texts  answer_texts  officer_texts  guidance_texts  config_faults  config  leeway  database
    replies  model  speech  compose  statements  grounding  rewording
    cues  conversation  people  receipts  form_texts  render  commands  lookup  amounts  reminders  reminder_texts
    reminder_rows  reminder_book  reminder_wishes  sum_texts  interest_texts  auction_texts  coercion_texts  fee_texts  cost_texts
    relief_texts  labelled  payment_texts  sums
    state  standing  finding  evidence  calculation  stories  choosing  last_days  guidance  wishes  form_values  form_wishes  files  desk
    reminder_desk  officer_wishes  officer_pages  officer_desk  form_showing  form_desk  missing  consultation  reception
    cards  called  moved  which_law  comparison  named_pairs  history  enough  premises  ruling  assistant  proofs
    channels    each knows only the assistant
    upkeep  delivery  serve  evaluation  talks  watching  ingest_options  __main__    where the parts meet
"""
