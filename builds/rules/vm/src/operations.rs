//! What becomes of values. Of kinds that do not go together nothing becomes: null.

use std::cmp::Ordering;

use json::Value;

use crate::{Binary, Unary};

/// What counts as true: all but null, false, zero and the empty text.
pub fn is_true(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(bool) => *bool,
        Value::Number(number) => *number != 0.0,
        Value::Text(text) => !text.is_empty(),
        Value::List(_) | Value::Object(_) => true,
    }
}

/// What becomes of two.
pub fn binary(binary: Binary, left: Value, right: Value) -> Value {
    match binary {
        Binary::Add => match (left, right) {
            (Value::Text(left), Value::Text(right)) => Value::Text(left + &right),
            (left, right) => arithmetic(&left, &right, |left, right| left + right),
        },
        Binary::Subtract => arithmetic(&left, &right, |left, right| left - right),
        Binary::Multiply => arithmetic(&left, &right, |left, right| left * right),
        Binary::Divide => arithmetic(&left, &right, |left, right| left / right),
        Binary::Equal => Value::Bool(left == right),
        Binary::Unequal => Value::Bool(left != right),
        Binary::Less => ordered(&left, &right, Ordering::is_lt),
        Binary::AtMost => ordered(&left, &right, Ordering::is_le),
        Binary::More => ordered(&left, &right, Ordering::is_gt),
        Binary::AtLeast => ordered(&left, &right, Ordering::is_ge),
        Binary::Has => Value::Bool(match (&left, &right) {
            (Value::Text(text), Value::Text(part)) => text.contains(part.as_str()),
            (Value::List(items), item) => items.contains(item),
            _ => false,
        }),
    }
}

fn arithmetic(left: &Value, right: &Value, of: fn(f64, f64) -> f64) -> Value {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Value::Number(of(*left, *right)),
        _ => Value::Null,
    }
}

fn ordered(left: &Value, right: &Value, of: fn(Ordering) -> bool) -> Value {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.partial_cmp(right),
        (Value::Text(left), Value::Text(right)) => Some(left.cmp(right)),
        _ => None,
    };
    Value::Bool(order.is_some_and(of))
}

/// What becomes of one.
pub fn unary(unary: Unary, value: Value) -> Value {
    match (unary, value) {
        (Unary::Not, value) => Value::Bool(!is_true(&value)),
        (Unary::Negate, Value::Number(number)) => Value::Number(-number),
        (Unary::Round, Value::Number(number)) => Value::Number(number.round()),
        (Unary::Lower, Value::Text(text)) => Value::Text(text.to_lowercase()),
        (Unary::Length, Value::Text(text)) => Value::Number(text.chars().count() as f64),
        (Unary::Length, Value::List(items)) => Value::Number(items.len() as f64),
        (Unary::Length, Value::Object(fields)) => Value::Number(fields.len() as f64),
        (Unary::Sum, Value::List(items)) => Value::Number(items.iter().map(number).sum()),
        _ => Value::Null,
    }
}

fn number(value: &Value) -> f64 {
    if let Value::Number(number) = value { *number } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_that_do_not_go_together_become_null_or_false() {
        let (text, number) = (Value::Text("Ab".into()), Value::Number(2.0));
        assert_eq!(binary(Binary::Add, text.clone(), number.clone()), Value::Null);
        assert_eq!(binary(Binary::Less, text.clone(), number.clone()), Value::Bool(false));
        assert_eq!(binary(Binary::Has, text.clone(), Value::Text("b".into())), Value::Bool(true));
        assert_eq!(unary(Unary::Lower, text.clone()), Value::Text("ab".into()));
        assert_eq!(unary(Unary::Length, text), number);
        let list = Value::List(vec![number, Value::Null, Value::Number(0.5)]);
        assert_eq!(unary(Unary::Sum, list), Value::Number(2.5));
        assert_eq!(unary(Unary::Not, Value::Text(String::new())), Value::Bool(true));
    }
}
