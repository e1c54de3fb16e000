# title: A shop of four tasks
# says: A cluster of two machines, and a service of four tasks that is about to be updated.
# settle: 130s
aws ecs create-cluster --cluster-name demo > /dev/null; lab ecs instances --cluster demo --count 2 --type t3.medium
# at: 70s
lab ecs service shop --cluster demo --image nginx:1.27 --count 4 --memory 256
for image in nginx:1.28 nginx:gone; do aws ecs register-task-definition --family shop --container-definitions "[{\"name\":\"shop\",\"image\":\"$image\",\"cpu\":128,\"memory\":256,\"essential\":true}]" > /dev/null; done
