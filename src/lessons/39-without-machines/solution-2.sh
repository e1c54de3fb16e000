# The large size first, then the one that is enough.
sh size.sh report 1024 3072
sh fargate.sh report
# wait: 5s
aws ecs stop-task --cluster demo --task $(aws ecs list-tasks --cluster demo --family report --query 'taskArns[0]' --output text) > /dev/null
sh size.sh report 512 3072
sh fargate.sh report
# wait: 40s
