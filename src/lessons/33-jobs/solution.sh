kubectl patch cronjob tick -p '{"spec":{"concurrencyPolicy":"Forbid"}}'
# wait: 420s
