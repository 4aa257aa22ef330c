package sqlite

import (
	"context"

	"sukien/store/resolve"
)

// rekeyBatch bounds the records of one transaction of rekey.
const rekeyBatch = 500

// rekey files the records under their keys that a change of the schema has left
// without: all of them, or none.
func (s *Store) rekey(ctx context.Context) error {
	for n := rekeyBatch; n == rekeyBatch; {
		if err := s.tx(ctx, func(tx *txn) (err error) {
			n, err = tx.rekey(ctx)
			return err
		}); err != nil {
			return err
		}
	}
	return nil
}

func (t *txn) rekey(ctx context.Context) (int, error) {
	ids, seqs, err := t.unkeyed(ctx)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	list, err := ingesting{t}.Told(ctx, ids)
	if err != nil {
		return 0, err
	}
	for i, r := range list {
		if err := t.file(ctx, seqs[i], r); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

func (t *txn) unkeyed(ctx context.Context) (ids []string, seqs []int64, err error) {
	rows, err := t.QueryContext(ctx, `SELECT id, seq FROM record WHERE keys IS NULL ORDER BY seq LIMIT ?`, rekeyBatch)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var seq int64
		if err := rows.Scan(&id, &seq); err != nil {
			return nil, nil, err
		}
		ids, seqs = append(ids, id), append(seqs, seq)
	}
	return ids, seqs, rows.Err()
}

// file notes a record's keys with it and files it under them.
func (t *txn) file(ctx context.Context, seq int64, r *resolve.Told) error {
	r.Prepare()
	keys := keyNumbers(r.Keys())
	if _, err := t.ExecContext(ctx, `UPDATE record SET keys = ? WHERE seq = ?`, packKeys(keys), seq); err != nil {
		return err
	}
	return t.insertKeys(ctx, seq, keys)
}
