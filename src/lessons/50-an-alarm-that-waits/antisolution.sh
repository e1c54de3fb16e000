# The states as wished, and nothing that would keep them.
aws cloudwatch put-metric-alarm --alarm-name errors --namespace Shop --metric-name Errors --statistic Sum --period 60 --evaluation-periods 1 --threshold 5 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching
aws cloudwatch set-alarm-state --alarm-name night-job --state-value ALARM --state-reason 'the job is dead'
# wait: 3m
