aws cloudwatch put-metric-alarm --alarm-name night-job --namespace Shop --metric-name Heartbeat --statistic Sum --period 60 --evaluation-periods 3 --datapoints-to-alarm 3 --threshold 1 --comparison-operator LessThanThreshold --treat-missing-data breaching
aws cloudwatch put-metric-alarm --alarm-name errors --namespace Shop --metric-name Errors --statistic Sum --period 60 --evaluation-periods 3 --datapoints-to-alarm 2 --threshold 5 --comparison-operator GreaterThanThreshold --treat-missing-data notBreaching
# wait: 5m
