//! Two numbers in every layout, what is asked of them, and the answer: shared by all rungs.

use ::num_bigint::BigUint;
use dashu_int::UBig;

use crate::{num_bigint, peer};

/// Two numbers of one length, and what is asked of them.
#[derive(Debug, Clone)]
pub struct Job {
    /// Which of the two questions.
    pub operation: Operation,
    /// The first number, least significant limb first.
    pub a: Vec<u64>,
    /// The second.
    pub b: Vec<u64>,
    /// Both as `num-bigint` holds them, so that conversion is never timed.
    pub big: [BigUint; 2],
    /// Both as `dashu` holds them.
    pub dashu: [UBig; 2],
}

/// What is asked of two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `a + b`
    Sum,
    /// `a · b`
    Product,
}

/// A number that has just been worked out, as the rung holds it. Making and dropping it is part of
/// the job.
#[derive(Debug)]
pub enum Number {
    /// Least significant first; zeros may follow.
    Limbs(Vec<u64>),
    /// As `num-bigint` holds it.
    Big(BigUint),
    /// As `dashu` holds it.
    Dashu(UBig),
}

impl Job {
    /// A job with two numbers of one length.
    pub fn new(operation: Operation, a: Vec<u64>, b: Vec<u64>) -> Self {
        let bytes = [&a, &b].map(|limbs| bytes(limbs));
        let big = bytes.each_ref().map(|bytes| BigUint::from_bytes_le(bytes));
        let dashu = bytes.each_ref().map(|bytes| UBig::from_le_bytes(bytes));
        Self { operation, a, b, big, dashu }
    }

    /// By functions on limbs.
    #[inline]
    pub(crate) fn limbs(
        &self,
        sum: impl Fn(&[u64], &[u64]) -> Vec<u64>,
        product: impl Fn(&[u64], &[u64]) -> Vec<u64>,
    ) -> Number {
        Number::Limbs(match self.operation {
            Operation::Sum => sum(&self.a, &self.b),
            Operation::Product => product(&self.a, &self.b),
        })
    }

    pub(crate) fn num_bigint(&self) -> Number {
        let [a, b] = &self.big;
        Number::Big(match self.operation {
            Operation::Sum => num_bigint::sum(a, b),
            Operation::Product => num_bigint::product(a, b),
        })
    }

    pub(crate) fn peer(&self) -> Number {
        let [a, b] = &self.dashu;
        Number::Dashu(match self.operation {
            Operation::Sum => peer::sum(a, b),
            Operation::Product => peer::product(a, b),
        })
    }
}

impl Number {
    /// Least significant byte first, without zeros at the end.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = match self {
            Self::Limbs(limbs) => bytes(limbs),
            Self::Big(number) => number.to_bytes_le(),
            Self::Dashu(number) => number.to_le_bytes().to_vec(),
        };
        let used = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        bytes.truncate(used);
        bytes
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

fn bytes(limbs: &[u64]) -> Vec<u8> {
    limbs.iter().flat_map(|limb| limb.to_le_bytes()).collect()
}
