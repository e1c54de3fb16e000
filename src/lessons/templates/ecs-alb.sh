# title: ECS behind an ALB
# says: A Fargate service of two tasks in two zones, registered with a target group behind an Application Load Balancer, and readers who call it.
# draws: client Readers > loadbalancer ALB > targetgroup Targets > task Task, task Task
aws ecs create-cluster --cluster-name gazette > /dev/null
cat > ~/gazette.json <<'JSON'
{
  "family": "gazette",
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"],
  "cpu": "256",
  "memory": "512",
  "containerDefinitions": [
    { "name": "web", "image": "nginx:1.27", "essential": true, "portMappings": [{ "containerPort": 80 }] }
  ]
}
JSON
aws ecs register-task-definition --cli-input-json file://$HOME/gazette.json > /dev/null
vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text)
subnets=$(aws ec2 describe-subnets --filters Name=default-for-az,Values=true --query 'Subnets[:2].SubnetId' --output text)
group=$(aws ec2 describe-security-groups --filters Name=group-name,Values=default --query 'SecurityGroups[0].GroupId' --output text)
aws ec2 authorize-security-group-ingress --group-id $group --ip-permissions 'IpProtocol=tcp,FromPort=80,ToPort=80,IpRanges=[{CidrIp=0.0.0.0/0}]' > /dev/null 2>&1
balancer=$(aws elbv2 create-load-balancer --name gazette --subnets $subnets --query 'LoadBalancers[0].LoadBalancerArn' --output text)
target=$(aws elbv2 create-target-group --name gazette --protocol HTTP --port 80 --vpc-id $vpc --target-type ip --health-check-interval-seconds 10 --query 'TargetGroups[0].TargetGroupArn' --output text)
aws elbv2 create-listener --load-balancer-arn $balancer --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn=$target > /dev/null
aws ecs create-service --cluster gazette --service-name gazette --task-definition gazette --desired-count 2 --launch-type FARGATE --network-configuration "awsvpcConfiguration={subnets=[$(echo $subnets | tr ' ' ',')],securityGroups=[$group],assignPublicIp=ENABLED}" --load-balancers targetGroupArn=$target,containerName=web,containerPort=80 > /dev/null
aws ecs wait services-stable --cluster gazette --services gazette
aws elbv2 wait load-balancer-available --names gazette
lab traffic start readers --to http://$(aws elbv2 describe-load-balancers --names gazette --query 'LoadBalancers[0].DNSName' --output text)/ --rate 30
