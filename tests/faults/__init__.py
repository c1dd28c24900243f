"""The day things break (story 8): nothing is lost, nothing happens twice, nobody gets in."""
