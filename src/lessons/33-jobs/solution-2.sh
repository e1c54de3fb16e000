kubectl patch cronjob tick -p '{"spec":{"schedule":"*/4 * * * *"}}'
# wait: 420s
