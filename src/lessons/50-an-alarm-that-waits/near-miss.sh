aws cloudwatch put-metric-data --namespace Shop --metric-name Heartbeat --value 1
# wait: 60s
