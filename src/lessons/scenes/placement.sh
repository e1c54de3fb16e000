# title: Two ways to place
# says: Six machines in three zones, and two services side by side: one packs its tasks together, the other spreads them.
# settle: 150s
aws ecs create-cluster --cluster-name shop > /dev/null; lab ecs instances --cluster shop --count 6 --type m5.large
# at: 70s
cat > packed.json <<'JSON'
{ "family": "packed", "containerDefinitions": [{ "name": "packed", "image": "nginx:1.27", "cpu": 256, "memory": 900, "essential": true }] }
JSON
sed s/packed/spread/g packed.json > spread.json
aws ecs register-task-definition --cli-input-json file://packed.json > /dev/null
aws ecs register-task-definition --cli-input-json file://spread.json > /dev/null
aws ecs create-service --cluster shop --service-name packed --task-definition packed --desired-count 6 --placement-strategy type=binpack,field=memory > /dev/null
# at: 80s
aws ecs create-service --cluster shop --service-name spread --task-definition spread --desired-count 6 --placement-strategy type=spread,field=attribute:ecs.availability-zone type=spread,field=instanceId > /dev/null
