# title: A road to the customers
# says: A repository, a pipeline, a registry, and two tasks behind a load balancer.
# settle: 100s
git clone -q https://git.example.com/quotes.git; cd quotes; sh aws/setup.sh > /dev/null 2>&1
cat > ~/version.sh <<'SH'
# Says which version answers the customers.
curl -s http://$(aws elbv2 describe-load-balancers --names quotes --query 'LoadBalancers[0].DNSName' --output text)/api/version
SH
