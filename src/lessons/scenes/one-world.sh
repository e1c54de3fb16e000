# title: One world
# says: From a push to running services: a repository, a pipeline, a registry, tasks behind a load balancer, and a cluster beside them.
# settle: 420s
lab cluster up --nodes 3
# at: 30s
git clone https://git.example.com/quotes.git; cd quotes; sh aws/setup.sh
# at: 240s
lab traffic start customers --to http://$(aws elbv2 describe-load-balancers --names quotes --query 'LoadBalancers[0].DNSName' --output text)/ --rate 40
