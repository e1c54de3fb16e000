aws cloudwatch put-metric-alarm --alarm-name errors --namespace Shop --metric-name Errors --statistic Maximum --period 60 --evaluation-periods 3 --datapoints-to-alarm 2 --threshold 5 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching
aws cloudwatch delete-alarms --alarm-names night-job
aws cloudwatch put-metric-alarm --alarm-name night-job --namespace Shop --metric-name Heartbeat --statistic SampleCount --period 60 --evaluation-periods 1 --threshold 1 --comparison-operator LessThanThreshold --treat-missing-data breaching
# wait: 5m
