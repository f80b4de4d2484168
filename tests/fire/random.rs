//! Numbers that are random enough, and the same for the same seed.

/// A generator after S. Vigna's splitmix64.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The generator of that seed.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// Any number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`; 0 if that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// One of `items`.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// The items in another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

/// How many times as much is to be done as on every change: `RUBRICATE_ROUNDS`, or once.
pub fn rounds() -> usize {
    let asked = std::env::var("RUBRICATE_ROUNDS").ok();
    asked.map_or(1, |rounds| {
        rounds.parse().expect("RUBRICATE_ROUNDS is a number")
    })
}

/// Does `run` for each of `count` seeds (times [`rounds`]), or for the one that is asked for. What
/// panics says its seed.
pub fn with_seeds(count: usize, mut run: impl FnMut(&mut Random)) {
    struct Seed(u64);
    impl Drop for Seed {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!("RUBRICATE_SEED={}", self.0);
            }
        }
    }
    let asked = std::env::var("RUBRICATE_SEED").ok();
    let seeds = match asked {
        Some(seed) => {
            let seed = seed.parse().expect("RUBRICATE_SEED is a number");
            seed..seed + 1
        }
        None => 0..(count * rounds()) as u64,
    };
    for seed in seeds {
        let told = Seed(seed);
        run(&mut Random::new(seed));
        drop(told);
    }
}
