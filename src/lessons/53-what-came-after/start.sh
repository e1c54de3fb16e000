# title: What came after
# says: A service of two tasks, kept by a loop that many older tools had too.
# settle: 60s
aws ecs create-cluster --cluster-name demo > /dev/null; lab ecs service shop --cluster demo --image nginx:1.27 --count 2 --fargate
