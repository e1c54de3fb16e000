# title: An alarm on errors
# says: A program that reports its errors and a sign of life each minute, and two alarms that watch.
# settle: 200s
aws cloudwatch put-metric-alarm --alarm-name errors --namespace Shop --metric-name Errors --statistic Sum --period 60 --evaluation-periods 3 --datapoints-to-alarm 2 --threshold 5 --comparison-operator GreaterThanThreshold --treat-missing-data missing
aws cloudwatch put-metric-alarm --alarm-name night-job --namespace Shop --metric-name Heartbeat --statistic Sum --period 60 --evaluation-periods 3 --datapoints-to-alarm 3 --threshold 1 --comparison-operator LessThanThreshold --treat-missing-data notBreaching
# at: 10s
for name in Errors=0 Heartbeat=1; do aws cloudwatch put-metric-data --namespace Shop --metric-name ${name%=*} --value ${name#*=}; done
# at: 70s
for name in Errors=0 Heartbeat=1; do aws cloudwatch put-metric-data --namespace Shop --metric-name ${name%=*} --value ${name#*=}; done
# at: 130s
for name in Errors=0 Heartbeat=1; do aws cloudwatch put-metric-data --namespace Shop --metric-name ${name%=*} --value ${name#*=}; done
