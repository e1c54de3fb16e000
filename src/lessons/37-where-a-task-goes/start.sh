# title: Three machines, three zones
# says: An empty cluster of three machines, one in each zone, and two task definitions that ask for the same.
# settle: 90s
aws ecs create-cluster --cluster-name demo > /dev/null; lab ecs instances --cluster demo --count 3 --type t3.medium
# at: 75s
for name in packed apart; do aws ecs register-task-definition --family $name --container-definitions "[{\"name\":\"$name\",\"image\":\"nginx:1.27\",\"cpu\":128,\"memory\":256,\"essential\":true}]" > /dev/null; done
