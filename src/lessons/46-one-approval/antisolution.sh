# A push, and nobody answers.
cd ~/quotes
sed -i 's/1.1.0/1.2.0/' nginx/default.conf
git commit -q -a -m 'Say 1.2.0'
git push -q
# wait: 90s
