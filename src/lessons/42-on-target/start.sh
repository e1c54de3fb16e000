# title: A shop that has to grow
# says: Two tasks on Fargate behind a load balancer, and customers who ask for work.
# settle: 160s
vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text); subnets=$(aws ec2 describe-subnets --filters Name=default-for-az,Values=true --query 'Subnets[:2].SubnetId' --output text); security=$(aws ec2 describe-security-groups --filters Name=group-name,Values=default --query 'SecurityGroups[0].GroupId' --output text)
aws ec2 authorize-security-group-ingress --group-id $security --protocol tcp --port 80 --cidr 0.0.0.0/0 > /dev/null
balancer=$(aws elbv2 create-load-balancer --name shop --subnets $subnets --query 'LoadBalancers[0].LoadBalancerArn' --output text)
group=$(aws elbv2 create-target-group --name shop --protocol HTTP --port 80 --vpc-id $vpc --target-type ip --health-check-path / --health-check-interval-seconds 5 --health-check-timeout-seconds 2 --healthy-threshold-count 2 --query 'TargetGroups[0].TargetGroupArn' --output text)
aws elbv2 create-listener --load-balancer-arn $balancer --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn=$group > /dev/null
aws ecs create-cluster --cluster-name demo > /dev/null
aws ecs register-task-definition --family shop --requires-compatibilities FARGATE --network-mode awsvpc --cpu 256 --memory 512 --container-definitions '[{"name":"web","image":"registry.k8s.io/hpa-example","essential":true,"portMappings":[{"containerPort":80}]}]' > /dev/null
aws ecs create-service --cluster demo --service-name shop --task-definition shop --desired-count 2 --launch-type FARGATE --network-configuration "awsvpcConfiguration={subnets=[$(echo $subnets | tr ' ' ',')],securityGroups=[$security],assignPublicIp=ENABLED}" --load-balancers targetGroupArn=$group,containerName=web,containerPort=80 > /dev/null
cat > track.sh <<'SH'
# Lets the service follow its CPU use: sh track.sh TARGET-PERCENT LEAST MOST
for what in "register-scalable-target --min-capacity $2 --max-capacity $3" "put-scaling-policy --policy-name cpu --policy-type TargetTrackingScaling --target-tracking-scaling-policy-configuration TargetValue=$1,PredefinedMetricSpecification={PredefinedMetricType=ECSServiceAverageCPUUtilization}"; do
  aws application-autoscaling $what --service-namespace ecs --resource-id service/demo/shop --scalable-dimension ecs:service:DesiredCount > /dev/null
done
SH
# at: 140s
lab traffic start customers --to http://$(aws elbv2 describe-load-balancers --names shop --query 'LoadBalancers[0].DNSName' --output text)/ --rate 5
