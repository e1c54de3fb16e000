docker run --name mine nginx:1.27 true
aws ecs run-task --cluster demo --task-definition shop --launch-type FARGATE --network-configuration "awsvpcConfiguration={subnets=[$(aws ec2 describe-subnets --query 'Subnets[0].SubnetId' --output text)]}" > /dev/null
# wait: 60s
