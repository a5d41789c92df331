"""The law applied: rules as code, each dated, each result told step by step with the place it stands on.

Reading order inside (each module imports only from those before it):

    step  rows  amounts  calendar  spans  limits  deadlines  limitation  complaints  coercion_days
    fee_schedule  fees  costs  interest  wages  housing  distribution  auction  relief  book
    procedures  procedure_rows  procedure_files  deciding  officers  officer_files
    forms  form_paper  form_files

The rules are pure: dates, calendar and figures are arguments, and `book` alone reads the files of `knowledge/library/practice/`, where
a lawyer edits the figures. Money is whole đồng. What the sources do not say, or what we could not confirm, stands in `warnings`.
"""
