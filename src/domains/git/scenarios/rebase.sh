git init repo
cd /work/repo
seq 1 9 > f; git add f; git commit -qm base
git checkout -qb topic
echo a > a; git add a; git commit -qm "add a"
sed -i 's/^5$/five topic/' f; git commit -qam "change five"
echo b > b; git add b; git commit -qm "add b"
git checkout -q main
echo m > m; git add m; git commit -qm "add m"
git checkout -q topic
git rebase main
git log --oneline --graph
git rebase main
git checkout -q main; sed -i 's/^5$/five main/' f; git commit -qam "main five"
git checkout -q topic
git rebase main
git status
cat f
git rebase --abort
git log --oneline -3
git rebase main
printf '1\n5 both\n9\n' > f; git add f
git status
GIT_EDITOR=true git rebase --continue
git log --oneline --graph --all
GIT_SEQUENCE_EDITOR="sed -i 2s/pick/drop/" git rebase -i HEAD~3
git log --oneline
GIT_SEQUENCE_EDITOR="sed -i 2s/pick/fixup/" git rebase -i HEAD~2
git log --oneline --stat -2
git reflog
git rebase nope
