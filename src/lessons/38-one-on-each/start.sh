# title: Three machines and a log collector
# says: A cluster of three machines that are to have a log collector each.
# settle: 90s
aws ecs create-cluster --cluster-name demo > /dev/null; lab ecs instances --cluster demo --count 3 --type t3.medium
# at: 75s
for name in web collector; do aws ecs register-task-definition --family $name --container-definitions "[{\"name\":\"$name\",\"image\":\"nginx:1.27\",\"cpu\":64,\"memory\":128,\"essential\":true}]" > /dev/null; done
