# title: Your machine, and somebody else's
# says: A workstation with Docker, and an account at AWS with nothing in it yet.
# settle: 40s
docker pull -q nginx:1.27 > /dev/null
aws ecs create-cluster --cluster-name demo > /dev/null
# at: 30s
docker run -d --name first nginx:1.27 > /dev/null
