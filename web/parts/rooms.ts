/** The rooms and their pages that the person signed in may open. */
import { useMay } from './may.ts';
import { ROOMS, type Room } from './places.ts';

export function useRooms(): readonly Room[] {
  const may = useMay();
  return ROOMS.map((room) => ({
    ...room,
    places: room.places.filter((place) => place.may === undefined || may(place.may)),
  })).filter((room) => room.places.length > 0);
}
