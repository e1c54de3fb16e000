# title: A cluster of three
# says: An ECS cluster of three machines, each with an agent, and a service of two tasks.
# settle: 100s
aws ecs create-cluster --cluster-name demo > /dev/null; lab ecs instances --cluster demo --count 3 --type t3.medium
# at: 70s
lab ecs service shop --cluster demo --image nginx:1.27 --count 2
