# title: Two ways to run
# says: Two machines in a cluster. One task of the shop belongs to a service, and one was run by hand.
# settle: 100s
lab image add batch/report:1 --exit 0 --exit-after 10s > /dev/null
aws ecs create-cluster --cluster-name demo > /dev/null; lab ecs instances --cluster demo --count 2 --type t3.medium
# at: 70s
lab ecs service shop --cluster demo --image nginx:1.27 --count 1
aws ecs register-task-definition --family report --container-definitions '[{"name":"report","image":"batch/report:1","cpu":128,"memory":128,"essential":true}]' > /dev/null
# at: 85s
aws ecs run-task --cluster demo --task-definition shop > /dev/null
