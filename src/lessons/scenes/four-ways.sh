# title: Four ways to deploy
# says: The same new version goes out in four ways at once: rolling, all at once between two target groups, as a canary, and by DNS.
# settle: 205s
mkdir -p shop; cd shop
cat > release.sh <<'SH'
# Releases a version of the shop: sh release.sh rolling|swap|canary|dns VERSION [STATUS that its page answers with]
sed "s/FAMILY/$1/; s/VERSION/$2/; s/STATUS/${3:-200}/" taskdef.json > /tmp/taskdef.json
revision=$(aws ecs register-task-definition --cli-input-json file:///tmp/taskdef.json --query taskDefinition.taskDefinitionArn --output text)
if [ $1 = dns ]; then
  # The idle one of two complete copies is set up anew. Nobody asks it before its name has a weight: see weights.sh.
  aws ecs update-service --cluster shop --service dns-green --task-definition $revision --desired-count 2 --query service.serviceName --output text
else
  aws ecs update-service --cluster shop --service $1 --task-definition $revision --query service.serviceName --output text
fi
SH
cat > weights.sh <<'SH'
# Says how many of a hundred answers for www.shop.test name the green load balancer: sh weights.sh PERCENT
zone=$(aws route53 list-hosted-zones-by-name --dns-name shop.test --query 'HostedZones[0].Id' --output text)
for color in blue green; do
  weight=$1; if [ $color = blue ]; then weight=$((100 - $1)); fi
  dns=$(aws elbv2 describe-load-balancers --names dns-$color --query 'LoadBalancers[0].DNSName' --output text)
  aws route53 change-resource-record-sets --hosted-zone-id $zone --query ChangeInfo.Status --output text --change-batch "{\"Changes\":[{\"Action\":\"UPSERT\",\"ResourceRecordSet\":{\"Name\":\"www.shop.test\",\"Type\":\"CNAME\",\"TTL\":60,\"SetIdentifier\":\"$color\",\"Weight\":$weight,\"ResourceRecords\":[{\"Value\":\"$dns\"}]}}]}"
done
SH
cat > taskdef.json <<'JSON'
{
  "family": "FAMILY", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512",
  "containerDefinitions": [{
    "name": "web", "image": "nginx:1.27", "essential": true, "portMappings": [{ "containerPort": 80 }],
    "environment": [{ "name": "CONF", "value": "server { listen 80; location / { return STATUS 'shop VERSION'; } location = /healthz { return 200 ok; } }" }],
    "entryPoint": ["sh", "-c"], "command": ["echo \"$CONF\" > /etc/nginx/conf.d/default.conf && exec nginx -g 'daemon off;'"]
  }]
}
JSON
cat > setup.sh <<'SH'
# Five load balancers, and behind them five services on Fargate: one for each way, and two for DNS, since it takes a whole second copy.
set -e
role=$(aws iam create-role --role-name shop-balancing --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ecs.amazonaws.com"},"Action":"sts:AssumeRole"}]}' --query Role.Arn --output text)
aws iam attach-role-policy --role-name shop-balancing --policy-arn arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers
vpc=$(aws ec2 describe-vpcs --filters Name=is-default,Values=true --query 'Vpcs[0].VpcId' --output text)
subnets=$(aws ec2 describe-subnets --filters Name=default-for-az,Values=true --query 'Subnets[:2].SubnetId' --output text)
security=$(aws ec2 describe-security-groups --filters Name=group-name,Values=default --query 'SecurityGroups[0].GroupId' --output text)
aws ec2 authorize-security-group-ingress --group-id $security --protocol tcp --port 80 --cidr 0.0.0.0/0 > /dev/null
aws ecs create-cluster --cluster-name shop > /dev/null
network="awsvpcConfiguration={subnets=[$(echo $subnets | tr ' ' ',')],securityGroups=[$security],assignPublicIp=ENABLED}"
for service in rolling swap canary dns-blue dns-green; do
  family=${service%%-*}
  sed "s/FAMILY/$family/; s/VERSION/1.0/; s/STATUS/200/" taskdef.json > /tmp/taskdef.json
  revision=$(aws ecs register-task-definition --cli-input-json file:///tmp/taskdef.json --query taskDefinition.taskDefinitionArn --output text)
  balancer=$(aws elbv2 create-load-balancer --name $service --subnets $subnets --query 'LoadBalancers[0].LoadBalancerArn' --output text)
  groups=$service; case $service in swap|canary) groups="$service $service-2";; esac
  for group in $groups; do
    arn=$(aws elbv2 create-target-group --name $group --protocol HTTP --port 80 --vpc-id $vpc --target-type ip --health-check-path /healthz --healthy-threshold-count 2 --query 'TargetGroups[0].TargetGroupArn' --output text)
    aws elbv2 modify-target-group-attributes --target-group-arn $arn --attributes Key=deregistration_delay.timeout_seconds,Value=15 > /dev/null
  done
  first=$(aws elbv2 describe-target-groups --names $service --query 'TargetGroups[0].TargetGroupArn' --output text)
  listener=$(aws elbv2 create-listener --load-balancer-arn $balancer --protocol HTTP --port 80 --default-actions Type=forward,TargetGroupArn=$first --query 'Listeners[0].ListenerArn' --output text)
  count=2; strategy='{"minimumHealthyPercent":100,"maximumPercent":200}'
  behind="[{\"targetGroupArn\":\"$first\",\"containerName\":\"web\",\"containerPort\":80}]"
  case $service in
    rolling) count=4; strategy='{"minimumHealthyPercent":100,"maximumPercent":125}';;
    dns-green) count=0;;
    swap|canary)
      rule=$(aws elbv2 create-rule --listener-arn $listener --priority 1 --conditions Field=path-pattern,Values='/*' --actions "[{\"Type\":\"forward\",\"ForwardConfig\":{\"TargetGroups\":[{\"TargetGroupArn\":\"$first\",\"Weight\":100},{\"TargetGroupArn\":\"$arn\",\"Weight\":0}]}}]" --query 'Rules[0].RuleArn' --output text)
      behind="[{\"targetGroupArn\":\"$first\",\"containerName\":\"web\",\"containerPort\":80,\"advancedConfiguration\":{\"alternateTargetGroupArn\":\"$arn\",\"productionListenerRule\":\"$rule\",\"roleArn\":\"$role\"}}]";;
  esac
  case $service in
    swap) strategy='{"strategy":"BLUE_GREEN","bakeTimeInMinutes":3}';;
    canary) strategy='{"strategy":"CANARY","canaryConfiguration":{"canaryPercent":10,"canaryBakeTimeInMinutes":2},"bakeTimeInMinutes":1}';;
  esac
  aws ecs create-service --cluster shop --service-name $service --task-definition $revision --desired-count $count --launch-type FARGATE --network-configuration "$network" --load-balancers "$behind" --deployment-configuration "$strategy" > /dev/null
done
aws route53 create-hosted-zone --name shop.test --caller-reference one > /dev/null
sh weights.sh 0 > /dev/null
SH
sh setup.sh
# at: 150s
for way in rolling swap canary; do lab traffic start $way --to http://$(aws elbv2 describe-load-balancers --names $way --query 'LoadBalancers[0].DNSName' --output text)/ --rate 20; done
lab traffic start dns --to http://www.shop.test/ --rate 20
# at: 165s
for way in rolling swap canary dns; do sh release.sh $way 1.1; done
# at: 190s
sh weights.sh 10 > /dev/null
