#!/usr/bin/env bash
# The peers and `tailwheel run` side by side; appends a dated table with ratios to benches/RESULTS.md.
#
#   benches/peers/run.sh [W1 W2 W3 W4]
#
#   ROUNDS=5               every round runs each program once per workload, so that a slow minute hits all of them
#   THREADS=2              for every program
#   PEERS="numpy numba cpp rust"      also: torch jax mkl quantlib (installed when named; large)
#   TAILWHEEL="…"          the command without the threads; {scenario}, {threads} and {out} are filled in
#   RESULTS=FILE           where the table goes
#
# Everything that is built or installed lies under target/peers. Needs python3 with venv, g++ and cargo.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
scratch=$root/target/peers
peers=${PEERS:-numpy numba cpp rust}
rounds=${ROUNDS:-5}
threads=${THREADS:-2}
results=${RESULTS:-$root/benches/RESULTS.md}
tailwheel=${TAILWHEEL:-$root/target/release/tailwheel run {scenario\} --threads {threads\} --out {out\} --no-charts}
workloads=${*:-W1 W2 W3 W4}

mkdir -p "$scratch"
packages="numpy==2.4.6 scipy==1.17.1"
for peer in $peers; do
  case $peer in
    numpy | cpp | rust) ;;
    numba) packages="$packages numba==0.68.1" ;;
    torch) packages="$packages torch==2.15.0" ;;
    jax) packages="$packages jax==0.10.2" ;;
    mkl) packages="$packages mkl_random==1.5.0" ;;
    quantlib) packages="$packages QuantLib==1.44" ;;
    *) echo "run.sh: unknown peer '$peer' (numpy numba cpp rust torch jax mkl quantlib)" >&2; exit 2 ;;
  esac
done
python=$scratch/venv/bin/python
[ -x "$python" ] || python3 -m venv "$scratch/venv"
echo "installing $packages" >&2
# shellcheck disable=SC2086  # a list
"$python" -m pip install --quiet --disable-pip-version-check $packages

case " $peers " in *" cpp "*)
  echo "building cpp_ref" >&2
  g++ -O3 -march=native -std=c++17 -pthread "$here/cpp_ref.cpp" -o "$scratch/cpp_ref" ;;
esac
case " $peers " in *" rust "*)
  echo "building naive_rust" >&2
  CARGO_TARGET_DIR=$scratch/naive_rust cargo build --release --quiet --locked --manifest-path "$here/naive_rust/Cargo.toml" ;;
esac
if [ -z "${TAILWHEEL:-}" ]; then
  echo "building tailwheel" >&2
  cargo build --release --quiet --manifest-path "$root/Cargo.toml"
fi

# shellcheck disable=SC2086  # lists
"$python" "$here/measure.py" --peers $peers --workloads $workloads --rounds "$rounds" --threads "$threads" \
  --scratch "$scratch" --tailwheel "$tailwheel" --results "$results"
