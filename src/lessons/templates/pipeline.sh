# title: Pipeline to both
# says: From a push to running services: a repository, a build, a registry, and a pipeline that delivers to ECS and to Kubernetes.
# draws: repository Repository > build Build > registry Registry > service ECS, deployment Kubernetes
kubectl get nodes > /dev/null 2>&1 || lab cluster up --nodes 3
cd ~
test -d quotes || git clone -q https://git.example.com/quotes.git
cd ~/quotes && sh aws/setup.sh
