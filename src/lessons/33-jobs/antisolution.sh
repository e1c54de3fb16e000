kubectl patch cronjob tick -p '{"spec":{"suspend":true}}'
# wait: 300s
