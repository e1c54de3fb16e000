# title: One machine, and none
# says: A cluster with one machine of yours, and scripts that run tasks on Fargate beside it.
# settle: 100s
aws ecs create-cluster --cluster-name demo > /dev/null; lab ecs instances --cluster demo --count 1 --type t3.medium
cat > fargate.sh <<'SH'
# Runs tasks on Fargate: sh fargate.sh FAMILY [COUNT]
subnets=$(aws ec2 describe-subnets --filters Name=default-for-az,Values=true --query 'Subnets[:2].SubnetId' --output text | tr '\t ' ',,')
aws ecs run-task --cluster demo --launch-type FARGATE --task-definition $1 --count ${2:-1} --network-configuration "awsvpcConfiguration={subnets=[$subnets],assignPublicIp=ENABLED}" --query 'length(tasks)' --output text
SH
cat > size.sh <<'SH'
# Registers a task definition for Fargate: sh size.sh FAMILY CPU-UNITS MIB
aws ecs register-task-definition --family $1 --requires-compatibilities FARGATE --network-mode awsvpc --cpu $2 --memory $3 --container-definitions '[{"name":"web","image":"nginx:1.27","essential":true,"portMappings":[{"containerPort":80}]}]' --query 'taskDefinition.[family,cpu,memory]' --output text
SH
# at: 80s
aws ecs register-task-definition --family here --container-definitions '[{"name":"web","image":"nginx:1.27","cpu":128,"memory":256,"essential":true}]' > /dev/null
aws ecs run-task --cluster demo --task-definition here > /dev/null
