// Straightforward C++: std::mt19937_64 and the distributions of <random>, one path after the other, std::thread,
// nth_element for the quantiles of every month. Same workloads and same line of JSON as common.py.
// g++ -O3 -march=native -std=c++17 -pthread cpp_ref.cpp -o cpp_ref;  THREADS=2 REPS=3 ./cpp_ref W1
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

constexpr double DT = 1.0 / 12, JUMP_RATE = 0.5, JUMP_MEAN = -0.10, JUMP_SD = 0.15;
constexpr int STEPS = 120;
constexpr std::array<double, 5> FAN = {0.05, 0.25, 0.50, 0.75, 0.95};

struct Workload {
  int assets;
  size_t paths;
  bool jumps, terminal_only;
  std::vector<double> scale, drift, lower; // lower: Cholesky factor, row major
};

Workload workload(const std::string& name) {
  Workload w{8, 100'000, name == "W2", name == "W3", {}, {}, {}};
  if (name == "W3") w.assets = 1, w.paths = 1'000'000;
  if (name == "W4") w.assets = 32, w.paths = 50'000;
  const int n = w.assets;
  std::vector<double> loading(n);
  for (int i = 0; i < n; i++) {
    const double mu = 0.08 + 0.02 * (i % 8), sigma = 0.10 + 0.05 * (i % 8);
    w.scale.push_back(sigma * std::sqrt(DT));
    w.drift.push_back((mu - 0.5 * sigma * sigma) * DT);
    if (w.jumps) w.drift[i] -= JUMP_RATE * std::expm1(JUMP_MEAN + 0.5 * JUMP_SD * JUMP_SD) * DT;
    loading[i] = n == 1 ? 0.55 : 0.3 + 0.5 * i / (n - 1);
  }
  w.lower.assign(n * n, 0.0);
  auto& lower = w.lower;
  for (int i = 0; i < n; i++)
    for (int j = 0; j <= i; j++) {
      double rest = i == j ? 1.0 : loading[i] * loading[j];
      for (int k = 0; k < j; k++) rest -= lower[i * n + k] * lower[j * n + k];
      lower[i * n + j] = i == j ? std::sqrt(rest) : rest / lower[j * n + j];
    }
  return w;
}

// Acklam's rational approximation of the normal quantile for p in (0, 1/2], relative error 1.2e-9
double normal_quantile(double p) {
  if (p < 0.02425) {
    const double q = std::sqrt(-2 * std::log(p));
    return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q - 2.549732539343734e+00) * q + 4.374664141464968e+00) * q + 2.938163982698783e+00) /
           ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q + 3.754408661907416e+00) * q + 1.0);
  }
  const double q = p - 0.5, r = q * q;
  return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239e+00) * q /
         (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1.0);
}

double copula_score(double t) { // Phi^-1(F_4(t))
  const double hypotenuse = std::sqrt(4 + t * t), gap = 4 / (hypotenuse * (hypotenuse + std::fabs(t)));
  return std::copysign(-normal_quantile(gap * gap * (3 - gap) * 0.25), t);
}

struct Result {
  std::vector<double> terminal, fall, history; // history: one row of paths per month
};

class Simulator {
  const Workload& w;
  std::mt19937_64 generator;
  std::normal_distribution<double> normal;
  std::poisson_distribution<int> jumps{JUMP_RATE * DT};
  std::chi_squared_distribution<double> chi_square{4};
  std::vector<double> z, value;

  double month() { // moves the values by one month and returns their sum
    const int n = w.assets;
    for (auto& x : z) x = normal(generator);
    const double mixing = w.jumps ? std::sqrt(4 / chi_square(generator)) : 1;
    double wealth = 0;
    for (int i = 0; i < n; i++) {
      double x = 0;
      for (int j = 0; j <= i; j++) x += w.lower[i * n + j] * z[j];
      if (w.jumps) x = copula_score(x * mixing);
      x = w.drift[i] + w.scale[i] * x;
      if (w.jumps)
        if (const int count = jumps(generator)) x += JUMP_MEAN * count + JUMP_SD * std::sqrt(double(count)) * normal(generator);
      wealth += value[i] *= std::exp(x);
    }
    return wealth;
  }

public:
  Simulator(const Workload& w, unsigned seed) : w(w), generator(seed), z(w.assets), value(w.assets) {}

  void path(size_t p, Result& out) {
    if (w.terminal_only) {
      double total = 0;
      for (int t = 0; t < STEPS; t++) total += normal(generator);
      out.terminal[p] = std::exp(STEPS * w.drift[0] + w.scale[0] * total);
      return;
    }
    std::fill(value.begin(), value.end(), 1.0 / w.assets);
    double peak = 1, fall = 0, wealth = 1;
    for (int t = 0; t < STEPS; t++) {
      wealth = month();
      peak = std::max(peak, wealth);
      fall = std::max(fall, 1 - wealth / peak);
      out.history[t * w.paths + p] = wealth;
    }
    out.terminal[p] = wealth;
    out.fall[p] = fall;
  }
};

double at(const std::vector<double>& sorted, double q) { // type 7
  const double place = q * (sorted.size() - 1);
  const size_t i = size_t(place);
  return sorted[i] + (place - i) * (sorted[std::min(i + 1, sorted.size() - 1)] - sorted[i]);
}

std::array<double, 5> month_quantiles(const double* row, size_t n, std::vector<double>& work) {
  work.assign(row, row + n);
  std::array<double, 5> result;
  auto from = work.begin();
  for (size_t k = 0; k < FAN.size(); k++) {
    const double place = FAN[k] * (n - 1);
    const auto middle = work.begin() + size_t(place);
    std::nth_element(from, middle, work.end());
    const double above = middle + 1 < work.end() ? *std::min_element(middle + 1, work.end()) : *middle;
    result[k] = *middle + (place - size_t(place)) * (above - *middle);
    from = middle;
  }
  return result;
}

template <class F> void on_threads(int count, F work) {
  std::vector<std::thread> threads;
  for (int i = 0; i < count; i++) threads.emplace_back(work, i);
  for (auto& thread : threads) thread.join();
}

int environment(const char* name, int otherwise) { return std::getenv(name) ? std::atoi(std::getenv(name)) : otherwise; }

int main(int argc, char** argv) {
  const std::string name = argc > 1 ? argv[1] : "W1";
  const int threads = environment("THREADS", 2), repetitions = environment("REPS", 3);
  const Workload w = workload(name);
  double best = 1e9, best_cpu = 1e9;
  Result result;
  std::vector<std::array<double, 5>> fan(STEPS);
  for (int repetition = 0; repetition <= repetitions; repetition++) { // the first is not counted
    const auto start = std::chrono::steady_clock::now();
    const std::clock_t start_cpu = std::clock();
    result = {}; // the last repetition's memory goes first
    result = {std::vector<double>(w.paths), std::vector<double>(w.paths), std::vector<double>(w.terminal_only ? 0 : STEPS * w.paths)};
    on_threads(threads, [&](int id) {
      Simulator simulator(w, 12345 + id);
      for (size_t p = w.paths * id / threads; p < w.paths * (id + 1) / threads; p++) simulator.path(p, result);
    });
    if (!w.terminal_only) on_threads(threads, [&](int id) {
      std::vector<double> work;
      for (int t = id; t < STEPS; t += threads) fan[t] = month_quantiles(&result.history[t * w.paths], w.paths, work);
    });
    std::sort(result.terminal.begin(), result.terminal.end());
    if (repetition == 0 && repetitions > 0) continue;
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    best_cpu = std::min(best_cpu, double(std::clock() - start_cpu) / CLOCKS_PER_SEC);
  }
  const auto& sorted = result.terminal;
  const double n = double(w.paths), q05 = at(sorted, 0.05);
  double mean = 0, variance = 0, tail = 0, fall = 0;
  size_t in_tail = 0;
  for (double x : sorted) mean += x / n;
  for (double x : sorted) variance += (x - mean) * (x - mean) / (n - 1);
  while (in_tail < sorted.size() && sorted[in_tail] <= q05) tail += sorted[in_tail++];
  for (double x : result.fall) fall += x / n;
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  std::printf("{\"peer\": \"C++ standard library\", \"workload\": \"%s\", \"threads\": %d, \"seconds\": %.4f, \"cpu_seconds\": %.4f, \"peak_mb\": %.1f, \"paths\": %zu, \"scaled\": false, "
              "\"versions\": \"g++ %d.%d\", \"mean\": %.5f, \"std\": %.5f, \"q05\": %.5f, \"q50\": %.5f, \"q95\": %.5f, \"es95\": %.5f, \"mdd\": %.5f, \"fan60_q50\": %.5f}\n",
              name.c_str(), threads, best, best_cpu, usage.ru_maxrss / 1024.0, w.paths, __GNUC__, __GNUC_MINOR__, mean, std::sqrt(variance), q05, at(sorted, 0.5), at(sorted, 0.95), 1 - tail / in_tail, fall, fan[59][2]);
}
