/** Everything the admin and set-up pages edit, in one reading. */
import { useQuery } from '@tanstack/react-query';
import type { AdminView } from '../../src/model/desk.ts';
import { read } from '../parts/api.ts';

export function useAdmin() {
  return useQuery({ queryKey: ['admin'], queryFn: ({ signal }) => read<AdminView>('admin', signal) });
}
