// Workload W2 by other routes: the 5 % quantile of wealth after ten years with its standard error, and exact checks.
//
// Written from the model's formulas, not from a program that it judges:
//   generator    Threefry2x64-20 (Salmon et al. 2011) addressed by (path, month, draw); nothing is seeded in sequence
//   dependence   the factor itself, b_i f + sqrt(1 - b_i^2) e_i: no matrix, no Cholesky factor
//   score        Phi^-1(F_4(t)) by Newton on log Q in long double, read through polynomials of degree 5 per 1/64
//   jumps        one Poisson(5) number and one normal per asset and path: 120 months together have that law
//   error        batches of 2^20 paths; beside it the binomial error over the density at the quantile
//
// g++ -O3 -march=native -ffast-math -mprefer-vector-width=512 -std=c++17 check_w2.cpp -o check_w2
// check_w2 BATCHES [SEED] [t|gaussian] [jumps|calm]        one thread, 5 to 7 s per batch with AVX-512
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

using u64 = uint64_t;
constexpr int LANES = 256, ASSETS = 8, MONTHS = 120, BATCH = 1 << 20;
constexpr double RATE = 0.5, JUMP_MEAN = -0.10, JUMP_SD = 0.15, YEARS = 10, TWO_PI = 6.283185307179586477;
using Row = double[LANES];

// ---- random numbers

template <int R> static inline u64 rotate(u64 x) { return (x << R) | (x >> (64 - R)); }

template <int A, int B, int C, int D> static inline void four_rounds(u64& x, u64& y) {
  x += y, y = rotate<A>(y) ^ x;
  x += y, y = rotate<B>(y) ^ x;
  x += y, y = rotate<C>(y) ^ x;
  x += y, y = rotate<D>(y) ^ x;
}

static inline void threefry(u64 k0, u64 k1, u64 c0, u64 c1, u64& a, u64& b) {
  const u64 k2 = 0x1BD11BDAA9FC1A22ull ^ k0 ^ k1;
  u64 x = c0 + k0, y = c1 + k1;
  four_rounds<16, 42, 12, 31>(x, y), x += k1, y += k2 + 1;
  four_rounds<16, 32, 24, 21>(x, y), x += k2, y += k0 + 2;
  four_rounds<16, 42, 12, 31>(x, y), x += k0, y += k1 + 3;
  four_rounds<16, 32, 24, 21>(x, y), x += k1, y += k2 + 4;
  four_rounds<16, 42, 12, 31>(x, y), x += k2, y += k0 + 5;
  a = x, b = y;
}

struct Address { u64 seed, purpose, path, where; }; // `path` is that of the first lane

static inline void uniforms(const Address& at, Row& u, Row& v) {
  for (int l = 0; l < LANES; l++) {
    u64 a, b;
    threefry(at.seed, at.purpose, at.path + l, at.where, a, b);
    u[l] = ((double)(int64_t)(a >> 11) + 0.5) * 0x1p-53;
    v[l] = ((double)(int64_t)(b >> 11) + 0.5) * 0x1p-53;
  }
}

static void normals(const Address& at, Row& z0, Row& z1) {
  Row u, v;
  uniforms(at, u, v);
  for (int l = 0; l < LANES; l++) {
    const double radius = std::sqrt(-2 * std::log(u[l])), angle = TWO_PI * v[l];
    z0[l] = radius * std::cos(angle);
    z1[l] = radius * std::cos(angle - TWO_PI / 4); // sin beside cos becomes one scalar call
  }
}

// ---- Phi^-1(F_4(t)) for t >= 0

static long double upper_tail_t4(long double t) { // (1-s)^2 (2+s) / 4 with s = t / sqrt(4+t^2), without cancellation
  const long double r = sqrtl(4 + t * t), gap = 4 / (r * (r + t));
  return gap * gap * (3 - gap) / 4;
}

static long double upper_tail_normal(long double x) { return erfcl(x * sqrtl(0.5L)) / 2; }

static long double score_exact(long double t) {
  const long double target = logl(upper_tail_t4(t)), root_two_pi = sqrtl(2 * acosl(-1.0L));
  long double x = 0;
  for (int i = 0; i < 60; i++) { // log Q is concave: from the left Newton converges monotonically
    const long double tail = upper_tail_normal(x), density = expl(-x * x / 2) / root_two_pi;
    const long double step = (logl(tail) - target) * tail / density;
    x += step;
    if (fabsl(step) < 1e-17L * (1 + x)) break;
  }
  return x;
}

constexpr int PER_UNIT = 64, T_MAX = 32, CELLS = PER_UNIT * T_MAX, TERMS = 6;
static double coefficient[TERMS][CELLS]; // of x = 2 (place in the cell) - 1

static void build_score() {
  for (int cell = 0; cell < CELLS; cell++) {
    long double m[TERMS][TERMS + 1]; // powers of the Chebyshev nodes | value there
    for (int i = 0; i < TERMS; i++) {
      const long double x = cosl(acosl(-1.0L) * (2 * i + 1) / (2 * TERMS));
      m[i][0] = 1;
      for (int j = 1; j < TERMS; j++) m[i][j] = m[i][j - 1] * x;
      m[i][TERMS] = score_exact((cell + (x + 1) / 2) / PER_UNIT);
    }
    for (int k = 0; k < TERMS; k++) { // Gauss-Jordan with pivots
      int pivot = k;
      for (int i = k; i < TERMS; i++)
        if (fabsl(m[i][k]) > fabsl(m[pivot][k])) pivot = i;
      std::swap_ranges(m[k], m[k] + TERMS + 1, m[pivot]);
      for (int i = 0; i < TERMS; i++) {
        if (i == k) continue;
        const long double factor = m[i][k] / m[k][k];
        for (int j = k; j <= TERMS; j++) m[i][j] -= factor * m[k][j];
      }
    }
    for (int k = 0; k < TERMS; k++) coefficient[k][cell] = (double)(m[k][TERMS] / m[k][k]);
  }
}

static inline double score_in_table(double t) {
  const double place = t * PER_UNIT;
  const int cell = std::min((int)place, CELLS - 1);
  const double x = 2 * (place - cell) - 1;
  double sum = coefficient[TERMS - 1][cell];
  for (int k = TERMS - 2; k >= 0; k--) sum = sum * x + coefficient[k][cell];
  return sum;
}

static void score(const Row& t, Row& s) {
  bool far = false;
  for (int l = 0; l < LANES; l++) {
    s[l] = std::copysign(score_in_table(std::fabs(t[l])), t[l]);
    far |= std::fabs(t[l]) >= T_MAX;
  }
  for (int l = 0; far && l < LANES; l++)
    if (std::fabs(t[l]) >= T_MAX) s[l] = std::copysign((double)score_exact(std::fabs(t[l])), t[l]);
}

// ---- the model

struct Model {
  bool t_copula, jumps;
  double mu[ASSETS], sd[ASSETS], b[ASSETS], e[ASSETS], drift[ASSETS], poisson[64]; // poisson: P(N <= k) of ten years
};

static Model model(bool t_copula, bool jumps) {
  Model m{t_copula, jumps, {}, {}, {}, {}, {}, {}};
  for (int i = 0; i < ASSETS; i++) {
    const double sigma = 0.10 + 0.05 * i;
    m.mu[i] = 0.08 + 0.02 * i;
    m.sd[i] = sigma / std::sqrt(12.0);
    m.b[i] = 0.3 + 0.5 * i / (ASSETS - 1);
    m.e[i] = std::sqrt(1 - m.b[i] * m.b[i]);
    const double compensation = jumps ? RATE * std::expm1(JUMP_MEAN + JUMP_SD * JUMP_SD / 2) : 0;
    m.drift[i] = (m.mu[i] - sigma * sigma / 2 - compensation) * YEARS;
  }
  double term = std::exp(-RATE * YEARS), below = term;
  for (int k = 0; k < 64; k++) {
    m.poisson[k] = below;
    term *= RATE * YEARS / (k + 1);
    below += term;
  }
  return m;
}

struct Moments { // of the first month's scores: the last asset's, and its product with the one before
  double n = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, cross = 0;
  void add(const Row& s, const Row& other) {
    for (int l = 0; l < LANES; l++) {
      const double square = s[l] * s[l];
      n++, m1 += s[l], m2 += square, m3 += square * s[l], m4 += square * square, cross += s[l] * other[l];
    }
  }
};

static void ten_years(const Model& m, u64 seed, u64 path, Row (&value)[ASSETS], Moments& first) {
  Row x[ASSETS] = {}, z[10], mixing, u, v, t, s[ASSETS];
  for (int month = 0; month < MONTHS; month++) {
    for (int k = 0; k < 5; k++) normals({seed, 2, path, u64(month * 8 + k)}, z[2 * k], z[2 * k + 1]);
    uniforms({seed, 2, path, u64(month * 8 + 5)}, u, v);
    for (int l = 0; l < LANES; l++) // chi-square with 4 degrees, shared by the assets
      mixing[l] = m.t_copula ? std::sqrt(4 / (-2 * (std::log(u[l]) + std::log(v[l])))) : 1;
    for (int i = 0; i < ASSETS; i++) {
      for (int l = 0; l < LANES; l++) s[i][l] = t[l] = (m.b[i] * z[8][l] + m.e[i] * z[i][l]) * mixing[l];
      if (m.t_copula) score(t, s[i]);
      for (int l = 0; l < LANES; l++) x[i][l] += m.sd[i] * s[i][l];
    }
    if (month == 0) first.add(s[ASSETS - 1], s[ASSETS - 2]);
  }
  for (int i = 0; i < ASSETS; i++) {
    for (int l = 0; l < LANES; l++) x[i][l] += m.drift[i];
    if (m.jumps) {
      uniforms({seed, 3, path, u64(i)}, u, v);
      normals({seed, 4, path, u64(i)}, z[0], z[1]);
      for (int l = 0; l < LANES; l++) {
        int count = 0;
        while (u[l] > m.poisson[count] && count < 63) count++;
        x[i][l] += JUMP_MEAN * count + JUMP_SD * std::sqrt((double)count) * z[0][l];
      }
    }
    for (int l = 0; l < LANES; l++) value[i][l] = std::exp(x[i][l]);
  }
}

// ---- the estimate

static void self_test() {
  u64 a, b;
  threefry(0, 0, 0, 0, a, b);
  const bool known = a == 0xc2b6e3a8c2c69865ull && b == 0x6f81ed42f350084dull; // Random123's known answer
  double worst = 0;
  for (int i = 0; i < 20000; i++) {
    const double t = i * (T_MAX / 20000.0);
    worst = std::max(worst, std::fabs(score_in_table(t) - (double)score_exact(t)));
  }
  const double tail = (double)(upper_tail_normal(score_exact(40)) / upper_tail_t4(40) - 1);
  printf("generator: known answer %s; score: largest error %.1e, tail at t = 40 off by %.1e\n", known ? "met" : "MISSED", worst, tail);
  if (!known || worst > 1e-12 || std::fabs(tail) > 1e-15) exit(1);
}

struct Batches { // one figure per batch
  std::vector<double> v;
  double mean() const { double sum = 0; for (double y : v) sum += y; return sum / v.size(); }
  double error() const {
    double sum = 0;
    for (double y : v) sum += (y - mean()) * (y - mean());
    return v.size() > 1 ? std::sqrt(sum / (v.size() * (v.size() - 1.0))) : 0;
  }
  void print(const char* name, double exact = 0) const {
    printf("%-12s %.6f ± %.6f", name, mean(), error());
    if (exact != 0 && v.size() > 1) printf("   exact %.6f, z %+.2f", exact, (mean() - exact) / error());
    printf("\n");
  }
};

struct Pool { // counts of all paths in narrow bins around the quantile
  static constexpr double LOW = 1.2, WIDTH = 1e-5;
  static constexpr int BINS = 30000, NEAR = 500;
  std::vector<u64> bins = std::vector<u64>(BINS);
  double n = 0, below = 0;
  void add(double y) {
    n++;
    if (y < LOW) below++;
    else if (y < LOW + WIDTH * BINS) bins[(int)((y - LOW) / WIDTH)]++;
  }
  void print(double p) const {
    double seen = below;
    for (int k = NEAR; k < BINS - NEAR; k++) {
      if (k == NEAR) for (int j = 0; j < NEAR; j++) seen += bins[j];
      if (seen + bins[k] <= p * n) { seen += bins[k]; continue; }
      double density = 0;
      for (int j = -NEAR; j < NEAR; j++) density += bins[k + j] / (2 * NEAR * WIDTH * n);
      const double at = LOW + WIDTH * (k + (p * n - seen) / bins[k]);
      printf("q05 of all   %.6f ± %.6f   (density %.4f)\n", at, std::sqrt(p * (1 - p) / n) / density, density);
      return;
    }
  }
};

int main(int argc, char** argv) {
  const int batches = argc > 1 ? atoi(argv[1]) : 4;
  const u64 seed = argc > 2 ? strtoull(argv[2], nullptr, 10) : 1;
  const bool t_copula = argc <= 3 || std::string(argv[3]) != "gaussian", jumps = argc <= 4 || std::string(argv[4]) != "calm";
  build_score();
  self_test();
  const Model m = model(t_copula, jumps);
  static Row value[ASSETS];
  std::vector<double> wealth(BATCH);
  Batches q01, q05, q50, q95, shortfall, mean, asset[ASSETS];
  Pool pool;
  Moments first;
  for (int batch = 0; batch < batches; batch++) {
    double sums[ASSETS] = {};
    for (int block = 0; block < BATCH / LANES; block++) {
      ten_years(m, seed, (u64)batch * BATCH + (u64)block * LANES, value, first);
      for (int l = 0; l < LANES; l++) {
        double total = 0;
        for (int i = 0; i < ASSETS; i++) total += value[i][l] / ASSETS, sums[i] += value[i][l] / BATCH;
        wealth[block * LANES + l] = total;
        pool.add(total);
      }
    }
    std::sort(wealth.begin(), wealth.end());
    auto quantile = [&](double p) { // type 7
      const double place = p * (BATCH - 1);
      const size_t i = (size_t)place;
      return wealth[i] + (place - i) * (wealth[i + 1] - wealth[i]);
    };
    q01.v.push_back(quantile(.01)), q05.v.push_back(quantile(.05)), q50.v.push_back(quantile(.5)), q95.v.push_back(quantile(.95));
    double tail = 0, total = 0;
    int in_tail = 0;
    while (wealth[in_tail] <= q05.v.back()) tail += wealth[in_tail++];
    for (double y : wealth) total += y / BATCH;
    shortfall.v.push_back(1 - tail / in_tail), mean.v.push_back(total);
    for (int i = 0; i < ASSETS; i++) asset[i].v.push_back(sums[i]);
    if (batch % 8 == 7) printf("  %d batches: q05 %.6f ± %.6f, cpu %.0f s\n", batch + 1, q05.mean(), q05.error(), (double)clock() / CLOCKS_PER_SEC), fflush(stdout);
  }
  printf("copula %s, %s, %.0f paths, seed %llu\n", t_copula ? "t(4)" : "gaussian", jumps ? "jumps" : "no jumps", pool.n, (unsigned long long)seed);
  pool.print(.05);
  double exact = 0;
  for (double mu : m.mu) exact += std::exp(YEARS * mu) / ASSETS;
  q01.print("q01"), q05.print("q05"), q50.print("q50"), q95.print("q95"), shortfall.print("es95"), mean.print("mean", exact);
  for (int i = 0; i < ASSETS; i++) asset[i].print(("mean S_" + std::to_string(i + 1)).c_str(), std::exp(YEARS * m.mu[i]));
  const double n = first.n, root = std::sqrt(n);
  printf("scores of month 1, z of the moments 1 to 4: %+.2f %+.2f %+.2f %+.2f; E[x_7 x_8] %.6f\n", first.m1 / root, (first.m2 - n) / root / std::sqrt(2.0),
         first.m3 / root / std::sqrt(15.0), (first.m4 - 3 * n) / root / std::sqrt(96.0), first.cross / n);
}
